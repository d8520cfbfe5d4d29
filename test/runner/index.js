// Set as jest's testRunner, which has to be there before compile.js has run.
export default async (...args) => {
  const { runFile } = await import('../../dist-test/test/runner/run-file.js');
  return runFile(...args);
};
