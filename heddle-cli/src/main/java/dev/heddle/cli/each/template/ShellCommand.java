package dev.heddle.cli.each.template;

import dev.heddle.cli.terminal.Utf8Bytes;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The command that runs a script with variables, both in the form of {@link Utf8Bytes}.
 *
 * <p>Java passes arguments and variables in the encoding of the locale. What that cannot encode is passed in another way: a
 * script as a file, and a variable as escapes that the shell decodes.
 */
public final class ShellCommand {
  private static final String LOCALE = "HEDDLE_LC_ALL"; // set by the launcher, which changes LC_ALL for the JVM
  private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private ShellCommand() {}

  /** Returns the command; {@code folder} is for the script if it must be a file. */
  public static Command of(String script, Map<String, String> variables, Path folder) throws IOException {
    StringBuilder decoding = new StringBuilder();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!isNative(variable.getValue())) {
        String name = variable.getKey();
        decoding.append(name + "=$(printf '%bx' \"$" + name + "\"); " + name + "=${" + name + "%x}\n");
      }
    }
    Command command = shell(decoding + script, folder);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String value = variable.getValue();
      command = command.withVariable(variable.getKey(), isNative(value) ? value : escaped(value));
    }
    String locale = System.getenv(LOCALE);
    if (locale == null) {
      return command;
    }
    command = command.withoutVariable(LOCALE);
    return locale.isEmpty() ? command.withoutVariable("LC_ALL") : command.withVariable("LC_ALL", locale);
  }

  private static Command shell(String script, Path folder) throws IOException {
    if (isNative(script)) {
      boolean likeAnOption = script.startsWith("-") || script.startsWith("+");
      return Subprocess.command("sh", "-c", likeAnOption ? " " + script : script);
    }
    Path file = folder.resolve(Integer.toHexString(script.hashCode()) + ".sh");
    try {
      Path part = Files.createTempFile(folder, "script", ".part");
      Files.write(part, Utf8Bytes.encode(script));
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      // written by an earlier job
    }
    return Subprocess.command("sh", file.toString());
  }

  private static boolean isNative(String text) {
    return Utf8Bytes.isUtf8(text) && NATIVE.newEncoder().canEncode(text);
  }

  /** Returns a text as an argument of the conversion {@code %b} of printf. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : Utf8Bytes.encode(text)) {
      escaped.append(String.format("\\0%03o", each & 0xff));
    }
    return escaped.toString();
  }
}
