"""The rules by subject. All modules of this package are imported, which registers their rules."""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__, f"{__name__}."):
    import_module(module.name)
