"""What ``build_installer.py`` is made of: one module a stage, standard library only."""
