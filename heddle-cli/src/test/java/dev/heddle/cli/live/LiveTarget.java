package dev.heddle.cli.live;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Promise;
import dev.heddle.cli.Children;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Input;
import dev.heddle.subprocess.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A program to look at, in a JVM of its own that has prepared nothing; it ends with its standard input. */
public final class LiveTarget implements AutoCloseable {
  private final RunningProcess process;

  private LiveTarget(RunningProcess process) {
    this.process = process;
  }

  /** Starts a program, and waits until it is ready. */
  public static LiveTarget start(String... args) throws IOException {
    return start(List.of(), args);
  }

  /** Starts a program with options of the JVM. */
  public static LiveTarget start(List<String> options, String... args) throws IOException {
    List<String> java = Children.java(Program.class.getName());
    List<String> command = new ArrayList<>(java.subList(0, java.size() - 1));
    command.addAll(command.indexOf("-cp"), options);
    command.add(Program.class.getName());
    command.addAll(List.of(args));
    RunningProcess process = Command.of(command).withStdin(Input.pipe()).start();
    Iter<String> lines = process.lines(); // the process is closed by the test
    String first = lines.next();
    if (!first.equals("ready")) {
      throw new AssertionError("the target said: " + first);
    }
    return new LiveTarget(process);
  }

  public String pid() {
    return Long.toString(process.pid());
  }

  /** Ends the program. */
  public void end() {
    process.close();
  }

  @Override
  public void close() {
    process.close();
  }

  /** The program: with "pools" it opens one of each kind, with "copies" two copies of Heddle, with "nothing" none. */
  static final class Program {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    public static void main(String[] args) throws Exception {
      switch (args[0]) {
        case "pools" -> pools();
        case "copies" -> copies();
        case "closed" -> ThreadPool.of(1).close();
        default -> {
        }
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // until the end of the input
      }
      System.exit(0);
    }

    private static void pools() throws Exception {
      CountDownLatch running = new CountDownLatch(3);
      Executor threads = ThreadPool.of(2, PoolOptions.named("crunch"));
      for (int i = 1; i <= 4; i++) {
        threads.submit(TaskOptions.named("job \u001b[31m日本 " + i), () -> {
          running.countDown();
          NEVER.await();
        });
      }
      ProcessExecutor processes = ProcessPool.of(1, ProcessOptions.named("shop"));
      processes.submit(() -> 1).result();
      for (int i = 0; i < 3; i++) { // so that a lost worker is replaced
        processes.submit(TaskOptions.named("sale"), () -> {
          Thread.sleep(Duration.ofHours(1));
        });
      }
      Thread.ofPlatform().daemon().name("waiter").start(() -> EventLoop.run(a -> {
        Promise<Integer> promise = Promise.create();
        var inner = EventLoop.current().createTask("inner", Async.of(b -> b.await(promise)));
        EventLoop.current().callSoon(running::countDown);
        return a.await(inner);
      }));
      running.await();
    }

    /** Each copy is in a class loader that does not see the other, as in two web applications. */
    private static void copies() throws Exception {
      URL[] path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Program::url)
          .toArray(URL[]::new);
      for (String name : List.of("left", "right")) {
        ClassLoader loader = new URLClassLoader(name, path, ClassLoader.getPlatformClassLoader());
        Class<?> options = loader.loadClass("dev.heddle.futures.PoolOptions");
        Object named = options.getMethod("named", String.class).invoke(null, name);
        Class<?> pools = loader.loadClass("dev.heddle.futures.ThreadPool");
        KEPT.add(pools.getMethod("of", int.class, options).invoke(null, 1, named));
      }
    }

    private static final List<Object> KEPT = new ArrayList<>();

    private static URL url(String path) {
      try {
        return Path.of(path).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
