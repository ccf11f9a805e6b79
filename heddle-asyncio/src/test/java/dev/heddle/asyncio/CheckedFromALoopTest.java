package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Checked;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checked exceptions that come out of a loop, where they came in, are caught by their type. */
@Timeout(60)
class CheckedFromALoopTest {
  private final IOException thrown = new IOException("connection lost");

  @Test
  void ofTheBody_andOfACoroutine_isTheSameObject() {
    assertThatThrownBy(() -> EventLoop.run(a -> {
      throw thrown;
    })).isSameAs(thrown);
    assertThatThrownBy(() -> EventLoop.run(a -> a.await(Async.of(b -> {
      throw thrown;
    })))).isSameAs(thrown);
  }

  @Test
  void mayThrow_makesTheCatchClauseCompile() {
    try {
      Checked.mayThrow(IOException.class);
      EventLoop.run(a -> {
        throw thrown;
      });
      fail("not thrown");
    } catch (IOException e) {
      assertThat(e).isSameAs(thrown);
    }
  }

  @Test
  void ofATaskOnAPool_isItsOwn_whetherAwaitedOrRethrown() {
    try (Executor pool = ThreadPool.of(1)) {
      assertThatThrownBy(() -> EventLoop.run(a -> a.await(pool.submit(() -> {
        throw thrown;
      })))).isSameAs(thrown);
      assertThatThrownBy(() -> {
        try {
          EventLoop.run(a -> {
            throw new TaskFailedException("job", thrown);
          });
        } catch (TaskFailedException e) {
          throw e.rethrowCause(IOException.class);
        }
      }).isSameAs(thrown);
    }
  }
}
