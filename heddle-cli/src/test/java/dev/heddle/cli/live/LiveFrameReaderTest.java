package dev.heddle.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of other versions. */
final class LiveFrameReaderTest {
  @TempDir
  Path folder;

  /** An earlier version, with a field that was dropped, and without most others. */
  @Name("dev.heddle.Live")
  static final class Earlier extends Event {
    int format = 1;
    long look = 1;
    String kind = "executor";
    String name = "old";
    String colour = "red";
    String figures = "done=3 ratio=0.5 odd";
  }

  /** A later version, whose meaning is another. */
  @Name("dev.heddle.Live")
  static final class Later extends Event {
    int format = 2;
  }

  private Path record(Class<? extends Event> type, Event... events) throws Exception {
    Path file = folder.resolve("frame.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(type);
      recording.start();
      for (Event each : events) {
        each.commit();
      }
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  @Test
  void fieldsOfAnotherVersion_areIgnoredOrEmpty() throws Exception {
    LiveFrame frame = Objects.requireNonNull(LiveFrameReader.read(record(Earlier.class, new Earlier())));
    FrameRow row = frame.rows().getFirst();
    assertThat(row.name()).isEqualTo("old");
    assertThat(row.figures()).isEqualTo(Map.of("done", 3L));
    assertThat(row.age()).isEqualTo(-1);
    assertThat(row.state()).isEmpty();
  }

  @Test
  void formatOfALaterVersion_isRefused() throws Exception {
    Path file = record(Later.class, new Later());
    assertThatThrownBy(() -> LiveFrameReader.read(file)).isInstanceOf(TargetException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void latestLook_counts() throws Exception {
    Earlier first = new Earlier();
    Earlier second = new Earlier();
    second.look = 2;
    second.name = "new";
    LiveFrame frame = Objects.requireNonNull(LiveFrameReader.read(record(Earlier.class, second, first)));
    assertThat(frame.rows()).extracting(FrameRow::name).containsExactly("new");
  }
}
