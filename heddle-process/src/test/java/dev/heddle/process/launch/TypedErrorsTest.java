package dev.heddle.process.launch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.codec.TaskDecoder;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.process.MessageTooLargeException;
import dev.heddle.process.NotSerializableResultException;
import dev.heddle.process.NotSerializableTaskException;
import dev.heddle.process.RemoteStackTrace;
import dev.heddle.process.RemoteTaskException;
import dev.heddle.process.UndecodableResultException;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.process.WorkerStartException;
import dev.heddle.process.errors.ProcessErrors;
import dev.heddle.testkit.Bounded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the module's errors can be sent on: a task that uses a pool of its own throws them. */
@Bounded(seconds = 120)
class TypedErrorsTest {
  private static final ProcessEnd END = new ProcessEnd(4711, 139, 11, "fatal error of its JVM", "last words",
      Path.of("report.log"), OptionSources.NONE);

  @Test
  void error_serialized_keepsWhatItSays() throws Exception {
    RemoteStackTrace trace = new RemoteStackTrace("where");
    List<Throwable> all = List.of(
        END.failureOf("t"),
        new WorkerStartException("start", null),
        new UndecodableResultException("undecodable", null),
        new NotSerializableTaskException("task", new java.io.NotSerializableException("x")),
        new NotSerializableResultException("result", null),
        new MessageTooLargeException("too large"),
        new RemoteTaskException("a.B", "said", "reason", trace),
        trace);
    for (Throwable each : all) {
      Throwable back = copy(each);
      assertThat(back).isInstanceOf(each.getClass()).hasMessage(each.getMessage());
      assertThat(back).usingRecursiveComparison().ignoringFields("stackTrace", "suppressedExceptions").isEqualTo(each);
    }
    told((WorkerCrashedException) copy(all.getFirst()));
    RemoteTaskException remote = (RemoteTaskException) copy(all.get(6));
    assertThat(remote.remoteClassName()).isEqualTo("a.B");
    assertThat(remote.remoteMessage()).isEqualTo("said");
  }

  private static Throwable copy(Throwable of) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(of);
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Throwable) requireNonNull(in.readObject());
    }
  }

  private static void told(WorkerCrashedException crash) {
    assertThat(crash.task()).isEqualTo("t");
    assertThat(crash.pid()).isEqualTo(4711);
    assertThat(crash.exitCode()).isEqualTo(139);
    assertThat(crash.signal()).isEqualTo(11);
    assertThat(crash.reason()).isEqualTo("fatal error of its JVM");
    assertThat(crash.outputTail()).isEqualTo("last words");
    assertThat(crash.errorReport()).contains(Path.of("report.log"));
    assertThat(crash).hasMessageContaining("4711");
  }

  @Test
  void crash_ofANestedPoolsWorker_comesAsItself() {
    byte[] failure = new TaskDecoder(name -> null, null, new ProcessErrors()).failures()
        .encode(END.failureOf("t"), "outer");
    Throwable back = new TaskEncoder(new ProcessErrors()).failures().decode(failure);
    assertThat(back).isInstanceOf(WorkerCrashedException.class);
    assertThat(back.getSuppressed()).singleElement().isInstanceOf(RemoteStackTrace.class);
    told((WorkerCrashedException) back);
  }
}
