"""导入: a file on its way into the register, and the imports that were made."""
