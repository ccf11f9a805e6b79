package dev.heddle.cli.each.job;

import dev.heddle.cli.terminal.ControlCharacters;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The input of one job.
 *
 * @param text the whole input, for {@code {}}, for tags and for messages
 * @param fields its parts, for {@code {1}}, {@code {2}} and so on; empty if inputs have no parts
 */
public record JobInput(String text, List<String> fields) {
  private static final int LONGEST_SHOWN = 200;

  /** An input without parts. */
  public static JobInput of(String text) {
    return new JobInput(text, List.of());
  }

  /** An input of several parts, which are joined by spaces where the whole is shown. */
  public static JobInput of(List<String> fields) {
    return new JobInput(String.join(" ", fields), List.copyOf(fields));
  }

  /** Returns the whole input for messages: with control characters escaped, and cut if it is long. */
  public String shown() {
    return ControlCharacters.shortened(text, LONGEST_SHOWN);
  }

  /** Returns the beginning of a line of output that is marked with the input, whose control characters are escaped. */
  public byte[] tag() {
    return (ControlCharacters.escape(text) + "\t").getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a part, counted from 1; empty if there are fewer. */
  public String field(int number) {
    return number <= fields.size() ? fields.get(number - 1) : "";
  }
}
