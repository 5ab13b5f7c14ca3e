import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TARGET = fileURLToPath(new URL('../../../sample-app/target/', import.meta.url));

const FOUND = existsSync(TARGET) ? readdirSync(TARGET).find((name) => /^progress-sse-sample-app-.*\.jar$/.test(name)) : undefined;

const JAR = process.env.SAMPLE_JAR ?? (FOUND && TARGET + FOUND);

const JAVA = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';

/** A reason to skip, or `false`: for the option `skip` of a test. */
export const noSample = JAR ? false : `NO SAMPLE: not tested, there is no jar in ${TARGET} (./mvnw -DskipTests package)`;

/** The same for jobs that are kept in Redis: the jar of `./mvnw -DskipTests -Predis package` can. */
export const noRedis = noSample
  || (!existsSync('/usr/bin/redis-server') && 'NO REDIS: not tested (apt-get install redis-server)')
  || (!readFileSync(JAR).includes('BOOT-INF/lib/progress-sse-redis') && 'NO REDIS: not tested, the sample was built without (./mvnw -DskipTests -Predis package)');

/**
 * Runs the sample application on a port that is free.
 *
 * @param {Record<string, unknown>} [settings] `{'progress.sse.retry': '1s'}`
 * @returns {Promise<{origin: string, port: number, stop: (signal?: NodeJS.Signals) => Promise<void>}>}
 */
export async function startSample(settings = {}) {
  const args = Object.entries({ 'server.port': 0, 'server.address': '127.0.0.1', 'progress.sse.redis.enabled': false, ...settings }).map(([key, value]) => `--${key}=${value}`);
  const sample = spawn(JAVA, ['-XX:TieredStopAtLevel=1', '-jar', JAR, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
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
    async stop(signal) {
      process.off('exit', kill);
      sample.kill(signal);
      await ended;
    },
  };
}
