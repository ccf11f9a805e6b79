package dev.heddle.benchmarks.processes;

import dev.heddle.cookbook.CPython;

/**
 * The starts of CPython's workers, where a {@code python3} is installed: medians, in milliseconds; NaN otherwise.
 *
 * <p>How they are started is what CPython chooses on this system, which may be a fork of the program, or {@code spawn}, a
 * new interpreter, with which a Java worker compares.
 */
final class PythonStarts {
  static final String PEER = "CPython pool";
  static final String SPAWN_PEER = "CPython spawn";

  private final ProcessesEffort effort;

  PythonStarts(ProcessesEffort effort) {
    this.effort = effort;
  }

  /** What a script measures several times, and how it starts processes. */
  private double median(String method, String body) throws InterruptedException {
    if (!effort.withPeers()) {
      return Double.NaN;
    }
    String script = """
        import multiprocessing, time
        from concurrent.futures import ProcessPoolExecutor
        times = TIMES
        def inc(n):
            return n + 1
        def call(pipe):
            pipe.send(1)
        def once(context):
        BODY
        if __name__ == '__main__':
            context = multiprocessing.get_context(METHOD)
            print(sorted(once(context) for i in range(times))[times // 2])
        """.replace("BODY", body.indent(4).stripTrailing()).replace("METHOD", method)
        .replace("TIMES", Integer.toString(effort.starts()));
    return CPython.seconds(script).orElse(Double.NaN) * 1e3;
  }

  /** From the start of a process until it has called back; CPython has workers only once there is a task. */
  private static final String READY = """
      here, there = context.Pipe()
      start = time.perf_counter()
      process = context.Process(target=call, args=(there,))
      process.start()
      here.recv()
      seconds = time.perf_counter() - start
      process.join()
      return seconds
      """;

  private static final String COLD = """
      start = time.perf_counter()
      with ProcessPoolExecutor(1, mp_context=context) as pool:
          pool.submit(inc, 1).result()
          return time.perf_counter() - start
      """;

  /** A worker that has done nothing but one task of another kind. */
  private static final String WAITING = """
      with ProcessPoolExecutor(1, mp_context=context) as pool:
          pool.submit(abs, 1).result()
          time.sleep(0.3)
          start = time.perf_counter()
          pool.submit(inc, 1).result()
          return time.perf_counter() - start
      """;

  private static final String DEFAULT = "None";
  private static final String SPAWN = "'spawn'";

  double ready() throws InterruptedException {
    return median(DEFAULT, READY);
  }

  double readySpawned() throws InterruptedException {
    return median(SPAWN, READY);
  }

  double cold() throws InterruptedException {
    return median(DEFAULT, COLD);
  }

  double coldSpawned() throws InterruptedException {
    return median(SPAWN, COLD);
  }

  double waiting() throws InterruptedException {
    return median(DEFAULT, WAITING);
  }
}
