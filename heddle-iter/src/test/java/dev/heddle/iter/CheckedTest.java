package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checked exceptions of bodies are caught by their types: that this class compiles is most of the test. */
@Timeout(60)
class CheckedTest {

  private static Generator<String> failing(Exception failure) {
    return Generator.of(y -> {
      y.yield("first");
      throw failure;
    });
  }

  private static List<String> all(Generator<String> lines) throws IOException {
    Checked.mayThrow(IOException.class); // declares it for the caller
    return lines.toList();
  }

  @Test
  void toList_ofABodyThatThrows_isCaughtByType() {
    IOException failure = new IOException("disk");
    try {
      Checked.mayThrow(IOException.class);
      failing(failure).toList();
      throw new AssertionError("nothing was thrown");
    } catch (IOException e) {
      assertThat(e).isSameAs(failure);
    }
  }

  @Test
  void loop_withSeveralTypes_choosesTheClause() {
    String caught = "";
    try {
      Checked.mayThrow(IOException.class);
      Checked.mayThrow(TimeoutException.class);
      for (String each : failing(new TimeoutException("late"))) {
        caught += each + " ";
      }
    } catch (IOException e) {
      caught += "io";
    } catch (TimeoutException e) {
      caught += e.getMessage();
    }
    assertThat(caught).isEqualTo("first late");
  }

  @Test
  void mayThrow_inAMethod_declaresItForCallers() {
    assertThatThrownBy(() -> all(failing(new IOException("disk")))).isInstanceOf(IOException.class).hasMessage("disk");
  }
}
