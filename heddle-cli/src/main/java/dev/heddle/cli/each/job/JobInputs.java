package dev.heddle.cli.each.job;

import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A source of inputs in the form of {@link Utf8Bytes}, which reads each only when it is requested. */
public interface JobInputs {
  /**
   * Returns the next input, or null at the end; may block without limit.
   *
   * @throws IOException if it cannot be read
   */
  @Nullable
  JobInput next() throws IOException;

  static JobInputs of(List<String> inputs) {
    Iterator<String> left = inputs.iterator();
    return () -> left.hasNext() ? JobInput.of(left.next()) : null;
  }

  /** Returns each combination of one input of each list; the last list varies fastest. */
  static JobInputs product(List<List<String>> sources) {
    int[] at = new int[sources.size()];
    boolean[] over = {sources.stream().anyMatch(List::isEmpty)};
    return () -> {
      if (over[0]) {
        return null;
      }
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < at.length; i++) {
        fields.add(sources.get(i).get(at[i]));
      }
      int last = at.length - 1;
      while (last >= 0 && ++at[last] == sources.get(last).size()) {
        at[last--] = 0;
      }
      over[0] = last < 0;
      return JobInput.of(fields);
    };
  }

  /** Returns inputs of as many parts as given, each of them an input of this source; the last one may have fewer. */
  default JobInputs grouped(int size) {
    return () -> {
      List<String> fields = new ArrayList<>();
      for (JobInput each = next(); each != null; each = next()) {
        fields.add(each.text());
        if (fields.size() == size) {
          break;
        }
      }
      return fields.isEmpty() ? null : JobInput.of(fields);
    };
  }

  /** Returns the inputs of this source, whose parts are between separators. */
  default JobInputs split(Pattern separator) {
    return () -> {
      JobInput whole = next();
      return whole == null ? null : new JobInput(whole.text(), List.of(separator.split(whole.text(), -1)));
    };
  }

  /** Returns the parts of a stream between separators; an empty part after the last separator does not count. */
  static JobInputs read(InputStream stream, char separator) {
    Pieces pieces = new Pieces(stream, separator);
    long[] number = {0};
    return () -> {
      number[0]++;
      try {
        byte[] piece = pieces.next();
        return piece == null ? null : JobInput.of(Utf8Bytes.decode(piece));
      } catch (Pieces.TooLongException e) {
        throw new IOException(
            "input " + number[0] + " " + e.getMessage() + ", more than an argument of a command may be; inputs end with "
                + (separator == 0 ? "NUL (--null)" : "a line break, or with NUL if --null is given"),
            e);
      }
    };
  }
}
