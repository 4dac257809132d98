// Imported by name here: of a CommonJS package that is imported when needed, a bundle has no names.
export { parse as parseYaml } from 'yaml';
