package dev.heddle.process.launch;

import dev.heddle.base.ModuleLog;
import dev.heddle.base.process.ProcessTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the {@link AotCache} of a pool's workers in the background, once the pool has lived for some seconds: it costs as
 * much CPU time as some dozens of starts save, which a program that is over soon must not pay.
 *
 * <p>A JVM, the training run, does what workers do and writes the file as it ends. It is killed when the pool ends first; when this
 * program is killed it notices that itself, or is at the writing, which is over soon.
 */
public final class AotTraining {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  public static final Duration DELAY = Duration.ofSeconds(5);
  private static final long MOST_SECONDS = 120;
  private static final long SECONDS_TO_DIE = 10;

  private final AotCache cache;
  private final Launcher launcher;

  public AotTraining(AotCache cache, Launcher launcher) {
    this.cache = cache;
    this.launcher = launcher;
  }

  /** Starts a thread that makes the file after a while, if there is none. An interrupt ends it, and what it has started. */
  public Thread startAfter(Duration delay) {
    return Thread.ofVirtual()
        .name("heddle-aot-training")
        .start(
            () -> {
              try {
                Thread.sleep(delay);
                if (cache.isWanted()) {
                  run();
                }
              } catch (InterruptedException e) {
                // the pool has ended
              } catch (IOException | RuntimeException e) {
                LOG.detail("no AOT cache was made: " + e); // workers start without it, only later
              }
            });
  }

  /** Makes the file; returns false if another process is making it or it cannot be made. */
  boolean run() throws IOException, InterruptedException {
    Path making = cache.claim();
    if (making == null) {
      return false;
    }
    try {
      Path made = making.resolve("cache.aot");
      ProcessTree tree = new ProcessTree();
      Process training = launcher.startTrainingRun(making, made, tree);
      tree.started(List.of(training.toHandle()));
      Thread atExit = Thread.ofPlatform().unstarted(tree::kill);
      try {
        Runtime.getRuntime().addShutdownHook(atExit);
        training.getOutputStream().write("\n".getBytes(StandardCharsets.US_ASCII)); // instead of a secret
        training.getOutputStream().flush();
        boolean over = training.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        if (!over || training.exitValue() != 0 || !Files.isRegularFile(made)) {
          LOG.detail(
              "no AOT cache was made: the training run " + (over ? "exited with " + training.exitValue() : "did not end"));
          return false; // a training run that fails leaves a file, too, in which half of what is needed is missing
        }
        cache.accept(made);
        return true;
      } finally {
        tree.kill();
        training.onExit().orTimeout(SECONDS_TO_DIE, TimeUnit.SECONDS).exceptionally(late -> training).join(); // it may write still
        training.getOutputStream().close();
        removeHook(atExit);
      }
    } finally {
      AotCache.abandon(making);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // this JVM is ending, and the hook has killed what there was
    }
  }
}
