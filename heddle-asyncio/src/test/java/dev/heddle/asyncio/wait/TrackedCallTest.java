package dev.heddle.asyncio.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** What a tracked call is in another process. */
class TrackedCallTest {
  @Test
  void inAnotherProcess_onlyTheCallItselfArrives() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new TrackedCall<>(Answer.CALL));
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isSameAs(Answer.CALL);
    }
  }

  private enum Answer implements dev.heddle.futures.TaskCallable<Integer> {
    CALL;

    @Override
    public Integer call() {
      return 42;
    }
  }
}
