package dev.heddle.process.launch;

import dev.heddle.process.WorkerStartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The argument files of the {@code java} launcher ({@code java @file}). A worker's class path and properties are in one: a
 * command line is limited (128 KiB for one argument on Linux), and every user of the machine can read it. Stateless.
 */
final class ArgumentFile {
  private ArgumentFile() {}

  private static Charset charset() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")); // what the launcher reads
  }

  /** Returns whether the launcher can be told an option: the system's encoding may not have its characters. */
  static boolean canExpress(String option) {
    return charset().newEncoder().canEncode(option);
  }

  /** Writes options into a file. */
  static void write(Path file, List<String> options) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String each : options) {
      text.append('"').append(each.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r"))
          .append("\"\n");
    }
    ByteBuffer bytes;
    try {
      bytes = charset().newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new WorkerStartException(
          "the class path has characters that the system's encoding (" + charset()
              + ") cannot express, so a worker cannot be told; start the program in a locale that can, such as C.UTF-8",
          e);
    }
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    Files.write(file, content);
  }

  /** Reads a file as the launcher does; nothing if it cannot be read. */
  static List<String> read(String file) {
    try {
      return split(Files.readString(Path.of(file), charset()));
    } catch (IOException | RuntimeException e) {
      return List.of(); // gone meanwhile
    }
  }

  static List<String> split(String text) {
    List<String> all = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean some = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 && c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        word.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next);
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote != 0) {
        word.append(c);
      } else if (c == '"' || c == '\'') {
        quote = c;
        some = true;
      } else if (c == '#' && !some && word.isEmpty()) {
        while (i + 1 < text.length() && text.charAt(i + 1) != '\n') {
          i++;
        }
      } else if (Character.isWhitespace(c)) {
        if (some || !word.isEmpty()) {
          all.add(word.toString());
        }
        word.setLength(0);
        some = false;
      } else {
        word.append(c);
      }
    }
    if (some || !word.isEmpty()) {
      all.add(word.toString());
    }
    return all;
  }
}
