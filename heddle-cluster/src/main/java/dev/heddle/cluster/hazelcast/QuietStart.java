package dev.heddle.cluster.hazelcast;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The settings of the whole JVM that Hazelcast needs before the first member starts. */
final class QuietStart {
  private static final Logger FACTORY = Logger.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory"); // held: it is kept weakly

  private static boolean done;

  private QuietStart() {}

  /**
   * Sets it, once.
   *
   * <p>Hazelcast completes calls on the common pool, or on a new thread for each if that has one worker only, as it has on two
   * processors: calls took ten times as long. Virtual threads cost a microsecond. And it warns of JVM options that it would
   * like, which change nothing here; the warning is suppressed unless the user has chosen a level for that logger.
   */
  static synchronized void prepare() {
    if (done) {
      return;
    }
    done = true;
    if (FACTORY.getLevel() == null) {
      FACTORY.setLevel(Level.SEVERE);
    }
    if (ForkJoinPool.getCommonPoolParallelism() <= 1) {
      ConcurrencyUtil.setDefaultAsyncExecutor(
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("heddle-cluster-answer").factory()));
    }
  }
}
