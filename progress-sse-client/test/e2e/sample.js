import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TARGET = fileURLToPath(new URL('../../../sample-app/target/', import.meta.url));

const JAR = existsSync(TARGET) ? readdirSync(TARGET).find((name) => /^progress-sse-sample-app-.*\.jar$/.test(name)) : undefined;

const JAVA = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';

/** A reason to skip, or `false`: for the option `skip` of a test. */
export const noSample = JAR ? false : `NO SAMPLE: not tested, there is no jar in ${TARGET} (./mvnw -DskipTests package)`;

/**
 * Runs the sample application on a port that is free.
 *
 * @param {Record<string, unknown>} [settings] `{'progress.sse.retry': '1s'}`
 * @returns {Promise<{origin: string, port: number, stop: () => Promise<void>}>}
 */
export async function startSample(settings = {}) {
  const args = Object.entries({ 'server.port': 0, 'server.address': '127.0.0.1', ...settings }).map(([key, value]) => `--${key}=${value}`);
  const sample = spawn(JAVA, ['-XX:TieredStopAtLevel=1', '-jar', TARGET + JAR, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => sample.on('exit', resolve));
  const kill = () => sample.kill('SIGKILL');
  process.on('exit', kill);
  const port = await new Promise((resolve, reject) => {
    let output = '';
    sample.stdout.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-100_000);
      const [, found] = /started on port(?:\(s\)|s)?:? (\d+)/.exec(output) ?? [];
      if (found) resolve(Number(found));
    });
    sample.on('error', reject);
    ended.then(() => reject(new Error(`The sample did not start:\n${output}`)));
  });
  return {
    port,
    origin: `http://localhost:${port}`,
    async stop() {
      process.off('exit', kill);
      sample.kill();
      await ended;
    },
  };
}
