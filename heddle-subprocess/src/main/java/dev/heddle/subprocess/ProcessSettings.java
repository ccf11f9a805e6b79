package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a process that it inherits from this JVM unless they are set. Immutable.
 *
 * <p>The JDK cannot set them. A small program of the system sets each, and then becomes the command, under the same process
 * id: {@code nice}, {@code setsid}, {@code setpriv} and {@code sh}.
 *
 * @param niceness added to this JVM's niceness, from 0 (inherits) to 19
 * @param newSession whether it gets a session and a process group of its own
 * @param umask the permissions to take away from new files, from 0 to 0777; null inherits
 * @param user the name or number of its user; null inherits
 */
public record ProcessSettings(int niceness, boolean newSession, @Nullable Integer umask, @Nullable String user) {

  /** All settings inherited. */
  public static final ProcessSettings INHERITED = new ProcessSettings(0, false, null, null);

  private static final Pattern USER = Pattern.compile("[\\w.@][\\w.@-]*\\$?");

  /** Checks the values. */
  public ProcessSettings {
    if (niceness < 0 || niceness > 19) {
      throw new IllegalArgumentException(
          "niceness must be from 0 (as this program) to 19 (the lowest priority), but was " + niceness
              + "; a higher priority needs privileges: run command(\"nice\", \"-n\", \"-5\", ...)");
    }
    if (umask != null && (umask < 0 || umask > 0777)) {
      throw new IllegalArgumentException("umask must be from 0 to 0777 (octal), but was 0" + Integer.toOctalString(umask)
          + "; 0077, with a leading zero, leaves files to their user alone");
    }
    if (user != null && !USER.matcher(user).matches()) {
      throw new IllegalArgumentException("user must be the name or the number of a user, but was '" + user + "'");
    }
  }

  /** Returns these settings with another niceness. */
  public ProcessSettings withNiceness(int niceness) {
    return new ProcessSettings(niceness, newSession, umask, user);
  }

  /** Returns these settings with a session of its own. */
  public ProcessSettings withNewSession() {
    return new ProcessSettings(niceness, true, umask, user);
  }

  /** Returns these settings with another umask. */
  public ProcessSettings withUmask(int umask) {
    return new ProcessSettings(niceness, newSession, umask, user);
  }

  /** Returns these settings with another user. */
  public ProcessSettings withUser(String user) {
    return new ProcessSettings(niceness, newSession, umask, Check.notNull(user, "user"));
  }
}
