package dev.heddle.cookbook;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Captures what a recipe prints, and passes each line on as it is printed. */
final class Output extends PrintStream {
  private final ByteArrayOutputStream bytes;
  private final Consumer<String> onLine;

  Output() {
    this(line -> {});
  }

  Output(Consumer<String> onLine) {
    this(new ByteArrayOutputStream(), onLine);
  }

  private Output(ByteArrayOutputStream bytes, Consumer<String> onLine) {
    super(bytes, true, StandardCharsets.UTF_8);
    this.bytes = bytes;
    this.onLine = onLine;
  }

  static Output of(Recipe recipe) throws Exception {
    Output output = new Output();
    recipe.run(output);
    return output;
  }

  @Override
  public void println(String line) {
    super.println(line);
    onLine.accept(line);
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  List<String> lines() {
    return text().lines().toList();
  }
}
