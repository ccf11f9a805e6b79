package dev.heddle.codec.failure;

import dev.heddle.codec.diagnosis.EncodingErrors;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stack trace of an exception as text of limited length; tolerates exceptions whose methods throw. */
public final class FailureText {
  private static final int LONGEST = 1 << 16;
  private static final int MOST_FRAMES = 1024;
  private static final int MOST_CAUSES = 50;

  private final StringBuilder text = new StringBuilder(1024);
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private FailureText() {}

  /** Returns the line before a stack trace. */
  public static String heading(long pid, String task) {
    return "in worker process " + pid + ", task '" + cut(task, 1000) + "':\n";
  }

  /** Returns the stack trace of an exception. */
  public static String of(Throwable thrown) {
    FailureText made = new FailureText();
    made.add(thrown, "");
    return cut(made.text.toString(), LONGEST);
  }

  /** Returns the message of an exception; empty if it has none. */
  public static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : cut(message, LONGEST);
    } catch (Throwable e) {
      return "(its getMessage threw " + e.getClass().getName() + ")";
    }
  }

  /** Returns whether its message or that of a cause is too long to be sent. */
  public static boolean isHuge(Throwable thrown) {
    Throwable each = thrown;
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; each != null && i < MOST_CAUSES; i++) {
      if (!seen.add(each)) {
        return false; // exceptions may cause each other
      }
      if (message(each).length() > LONGEST) { // it was cut, and a remark was added
        return true;
      }
      each = each.getCause();
    }
    return each != null;
  }

  public static String cut(String text, int longest) {
    int more = text.length() - longest;
    return more <= 0 ? text : text.substring(0, longest) + "... (" + more + " more characters)";
  }

  private void add(@Nullable Throwable thrown, String caption) {
    Throwable next = thrown;
    String before = caption;
    while (next != null && text.length() < LONGEST) {
      text.append(before);
      if (!seen.add(next) || seen.size() > MOST_CAUSES) {
        text.append("(and so on)\n");
        return;
      }
      text.append(cut(EncodingErrors.text(next), LONGEST)).append('\n');
      Throwable current = next;
      next = null;
      try {
        frames(current.getStackTrace());
        for (Throwable each : current.getSuppressed()) {
          add(each, "Suppressed: ");
        }
        next = current.getCause();
      } catch (Throwable e) {
        text.append("\t(its stack trace cannot be had: ").append(e.getClass().getName()).append(")\n");
      }
      before = "Caused by: ";
    }
  }

  private void frames(StackTraceElement[] frames) {
    for (int i = 0; i < frames.length; i++) {
      if (i == MOST_FRAMES) {
        text.append("\t... ").append(frames.length - i).append(" more\n");
        return;
      }
      text.append("\tat ").append(frames[i]).append('\n');
    }
  }
}
