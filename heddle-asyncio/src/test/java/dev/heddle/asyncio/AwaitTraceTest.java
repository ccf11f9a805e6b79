package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.heddle.iter.Generator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The stack traces of exceptions in coroutines name those that await, and not the loop. */
class AwaitTraceTest {
  private static Async<String> inner() {
    return Async.of(
        a -> {
          a.await(Asyncio.yieldNow());
          return helper("x");
        });
  }

  private static String helper(String text) {
    throw new IllegalStateException(text);
  }

  private static Async<String> middle() {
    return Async.of(a -> a.await(inner()));
  }

  private static Async<String> outer() {
    return Async.of(
        a -> {
          String result = a.await(middle());
          return result + "!";
        });
  }

  /** Not compiled, since it waits in a synchronized block. */
  private static Async<String> onThread() {
    Object lock = new Object();
    return Async.of(
        a -> {
          synchronized (lock) {
            return a.await(inner());
          }
        });
  }

  /** The frames in this class, as the names of the methods that contain the lambdas. */
  private static List<String> own(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(each -> each.getClassName().startsWith(AwaitTraceTest.class.getName()))
        .map(each -> each.getMethodName().replaceAll("lambda\\$(\\w+?)\\$.*", "$1"))
        .toList();
  }

  private static void assertNoDriver(Throwable thrown) {
    assertThat(thrown.getStackTrace()).noneMatch(
        each -> each.getClassName().matches("dev\\.heddle\\.(asyncio\\.(loop|run)|iter\\.engine)\\..*")
            || each.getClassName().endsWith("LoopTask"));
  }

  @Test
  void thrown_namesEachCoroutineThatAwaits() {
    Throwable thrown = catchThrowable(() -> EventLoop.run(a -> a.await(outer())));
    assertThat(own(thrown)).startsWith("helper", "inner", "middle", "outer", "thrown_namesEachCoroutineThatAwaits");
    assertNoDriver(thrown);
    assertThat(Arrays.stream(thrown.getStackTrace()).limit(5))
        .allMatch(each -> each.getLineNumber() > 0 && "AwaitTraceTest.java".equals(each.getFileName()));
    assertThat(Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getMethodName)).contains("run");
  }

  @Test
  void thrown_throughABodyOnAThread_namesItsMethods() {
    Throwable thrown = catchThrowable(() -> EventLoop.run(a -> a.await(onThread())));
    assertThat(own(thrown)).startsWith("helper", "inner", "onThread", "thrown_throughABodyOnAThread_namesItsMethods");
    assertNoDriver(thrown);
  }

  @Test
  void thrown_caughtAndThrownAgain_isCompletedOnce() {
    Throwable thrown = catchThrowable(
        () -> EventLoop.run(
            a -> {
              try {
                return a.await(outer());
              } catch (IllegalStateException e) {
                a.await(Asyncio.yieldNow());
                throw e;
              }
            }));
    assertThat(own(thrown)).startsWith("helper", "inner", "middle", "outer", "thrown_caughtAndThrownAgain_isCompletedOnce")
        .containsOnlyOnce("outer");
  }

  @Test
  void operation_thatFails_namesTheAwait() {
    Event never = new Event();
    Throwable thrown = catchThrowable(
        () -> EventLoop.run(a -> a.await(Asyncio.timeout(Duration.ofMillis(1), never.await()))));
    assertThat(thrown).isInstanceOf(AsyncTimeoutException.class);
    assertThat(own(thrown)).startsWith("operation_thatFails_namesTheAwait");
    assertNoDriver(thrown);
  }

  @Test
  void misuse_namesTheAwait() {
    Async<String> once = Async.of(a -> "x");
    Throwable thrown = catchThrowable(
        () -> EventLoop.run(
            a -> {
              a.await(once);
              return a.await(once);
            }));
    assertThat(thrown).isInstanceOf(LoopStateException.class);
    assertThat(own(thrown)).startsWith("misuse_namesTheAwait");
    assertNoDriver(thrown);
  }

  @Test
  void withoutATrace_passes() {
    NoSuchElementException bare = new NoSuchElementException("bare");
    bare.setStackTrace(new StackTraceElement[0]);
    assertThat(catchThrowable(() -> EventLoop.run(a -> {
      throw bare;
    }))).isSameAs(bare);
    assertThat(bare.getStackTrace()).isEmpty();
  }

  /** An exception that does not let its trace be changed. */
  private static final class Stubborn extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public void setStackTrace(StackTraceElement[] trace) {
      throw new UnsupportedOperationException();
    }
  }

  private static Async<String> stubborn() {
    return Async.of(
        a -> {
          throw new Stubborn();
        });
  }

  @Test
  void exceptionWithATraceOfItsOwn_isThrownAsItIs() {
    String result = EventLoop.run(
        a -> {
          try {
            return a.await(stubborn());
          } catch (Stubborn e) {
            return "caught";
          }
        });
    assertThat(result).isEqualTo("caught");
  }

  private static Async<String> wrongArgument() {
    return Async.of(
        a -> {
          Async<String> taken = Async.of(b -> "once");
          taken.close();
          Asyncio.createTask(taken);
          return "not reached";
        });
  }

  @Test
  void argumentThatTheLoopRefuses_namesTheLineOfTheCall() {
    Throwable thrown = catchThrowable(() -> EventLoop.run(a -> a.await(wrongArgument())));
    assertThat(own(thrown)).startsWith("wrongArgument", "argumentThatTheLoopRefuses_namesTheLineOfTheCall");
  }

  private static Iterator<String> failingGenerator() {
    return Generator.<String>of(
        y -> {
          y.yield("first");
          throw new IllegalStateException("of a generator");
        }).iterator();
  }

  private static Async<String> drains() {
    return Async.of(
        a -> {
          Iterator<String> all = failingGenerator();
          a.await(Asyncio.yieldNow());
          return all.next() + all.next();
        });
  }

  @Test
  void generatorThatFailsInABody_theBodyIsNamed() {
    Throwable thrown = catchThrowable(() -> EventLoop.run(a -> a.await(drains())));
    assertThat(own(thrown)).contains("drains", "generatorThatFailsInABody_theBodyIsNamed");
  }

  private static Async<String> throughATask() {
    return Async.of(a -> a.await(Asyncio.createTask(inner())));
  }

  private static Async<List<String>> throughGather() {
    return Async.of(a -> a.await(Asyncio.gather(inner())));
  }

  private static Async<String> throughAThread() {
    return Async.of(a -> a.await(Asyncio.toThread(() -> helper("on a thread"))));
  }

  @Test
  void failureOfATask_namesWhoAwaitsIt() {
    assertThat(own(catchThrowable(() -> EventLoop.run(a -> a.await(throughATask())))))
        .startsWith("helper", "inner", "throughATask", "failureOfATask_namesWhoAwaitsIt");
    assertThat(own(catchThrowable(() -> EventLoop.run(a -> a.await(throughGather())))))
        .startsWith("helper", "inner", "throughGather", "failureOfATask_namesWhoAwaitsIt");
    assertThat(own(catchThrowable(() -> EventLoop.run(a -> a.await(throughAThread())))))
        .startsWith("helper", "throughAThread", "throughAThread", "failureOfATask_namesWhoAwaitsIt");
  }

  @Test
  void failureOfATask_awaitedTwice_namesTheFirst() {
    Throwable thrown = catchThrowable(
        () -> EventLoop.run(
            a -> {
              Task<String> failing = Asyncio.createTask(inner());
              for (int i = 0; i < 3; i++) {
                try {
                  a.await(failing);
                } catch (IllegalStateException e) {
                  a.await(Asyncio.yieldNow());
                }
              }
              return a.await(failing);
            }));
    assertThat(own(thrown)).startsWith("helper", "inner", "failureOfATask_awaitedTwice_namesTheFirst");
    assertThat(Arrays.stream(thrown.getStackTrace())
        .filter(each -> each.getMethodName().startsWith("lambda$failureOfATask_awaitedTwice")))
        .hasSize(2); // the coroutine and the lambda around the run
  }

  @Test
  void exceptionMadeInAnotherTask_isNotGivenFalseCallers() {
    List<RuntimeException> kept = new ArrayList<>();
    Throwable thrown = catchThrowable(
        () -> EventLoop.run(
            a -> {
              a.await(Asyncio.createTask(Async.of(b -> {
                kept.add(new IllegalStateException("made here"));
              })));
              return a.await(Async.<String>of(c -> {
                throw kept.getFirst();
              }));
            }));
    assertThat(thrown).isSameAs(kept.getFirst());
    assertThat(Arrays.stream(thrown.getStackTrace())).anyMatch(each -> each.getClassName().endsWith("LoopTask"));
  }
}
