package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The exception of a task is caught by its type, where it was thrown by a wait. */
@Timeout(60)
class TaskFailedExceptionTest {
  private final IOException cause = new FileNotFoundException("no such file");
  private final TaskFailedException failed = new TaskFailedException("job", cause);

  @Test
  void rethrowCause_ofItsTypeOrOneAbove_throwsTheSameObject() {
    assertThatThrownBy(() -> failed.rethrowCause(FileNotFoundException.class)).isSameAs(cause);
    assertThatThrownBy(() -> failed.rethrowCause(IOException.class)).isSameAs(cause);
    assertThatThrownBy(() -> failed.rethrowCause(Throwable.class)).isSameAs(cause);
  }

  @Test
  void rethrowCause_ofAnotherType_returnsIt() {
    assertThat(failed.rethrowCause(IllegalStateException.class)).isSameAs(failed);
    assertThat(failed).hasMessage("task 'job' failed: java.io.FileNotFoundException: no such file");
  }

  private static int size(Future<Integer> size) throws IOException {
    try {
      return size.result();
    } catch (TaskFailedException e) {
      throw e.rethrowCause(IOException.class); // this compiles: the type is declared
    }
  }

  @Test
  void rethrowCause_aroundAWait_declaresTheType() {
    try (Executor pool = ThreadPool.of(1)) {
      assertThatThrownBy(() -> size(pool.submit(() -> {
        throw cause;
      }))).isSameAs(cause);
      assertThatThrownBy(() -> size(pool.submit(() -> {
        throw new IllegalStateException("other");
      }))).isInstanceOf(TaskFailedException.class).hasCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> {
        try {
          pool.map((Integer n) -> {
            throw cause;
          }, List.of(1)).toList();
        } catch (TaskFailedException e) {
          throw e.rethrowCause(IOException.class);
        }
      }).isSameAs(cause);
    }
  }
}
