/** What a child process needs from the system; nothing else is inherited, above all no NODE_OPTIONS. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot'];

export function scrubbedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(INHERITED.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));
}
