package dev.heddle.asyncio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages of the documentation, and the code of tests that they show. */
public final class ReadsDocs {

  private ReadsDocs() {}

  private static Path module() {
    return Path.of("").toAbsolutePath();
  }

  /** The text of a page. */
  public static String page(String name) throws IOException {
    return Files.readString(module().resolveSibling("docs").resolve(name));
  }

  /** The lines of a test's source between two markers, without the comment before the code and the indentation of the first line. */
  public static String region(String file, String name) throws IOException {
    String source = Files.readString(module().resolve("src/test/java/dev/heddle/asyncio").resolve(file));
    int begin = source.indexOf("// begin: " + name + "\n") + name.length() + 11;
    String text = source.substring(begin, source.lastIndexOf("\n", source.indexOf("// end: " + name)));
    int indent = text.indexOf(text.strip().substring(0, 1));
    return text.replaceAll("(?m)^ {" + indent + "}", "").replaceAll("/\\*\\*.*\\*/\n", "").replace("@Nullable ", "").strip();
  }
}
