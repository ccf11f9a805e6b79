package dev.heddle.cli.options;

import dev.heddle.base.files.OutputFiles;
import dev.heddle.cli.errors.FileErrors;
import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --timeline}: the file for a timeline of what ran when, in the format of its extension. */
public final class TimelineOption {
  private static final Pattern FORMATS = Pattern.compile(".*\\.(?:html|svg|json|txt)");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--timeline", paramLabel = "FILE", description = "Write what ran when to this file: .html is a page to zoom and search in, .svg a picture, .json a trace for"
      + " Perfetto, .txt text.")
  private @Nullable Path file;

  private @Nullable TimelineRecorder recorder;

  /** Returns the recorder, the same for each call; null if the option was not given. */
  public @Nullable TimelineRecorder recorder() {
    if (file != null && recorder == null) {
      if (!FORMATS.matcher(file.toString().toLowerCase(Locale.ROOT)).matches()) {
        throw OptionCheck.wrong(spec,
            "--timeline must end with .html, .svg, .json or .txt, which selects the format, but was '"
                + ControlCharacters.escape(file.toString()) + "'");
      }
      OptionCheck.writable(spec, "--timeline", file);
      recorder = new TimelineRecorder();
    }
    return recorder;
  }

  /**
   * Writes the timeline, if the option was given, and says where it is or why it could not be written.
   *
   * @param said where to say that it was written
   * @param title the title of a page
   * @param notes text above the diagram of a page; may be empty
   * @return whether it was written, or not asked for
   */
  public boolean write(PrintWriter said, String title, String notes) {
    return recorder == null || write(said, recorder.timeline(), title, notes);
  }

  /** Writes a timeline likewise; does nothing if the option was not given. */
  public boolean write(PrintWriter said, Timeline timeline, String title, String notes) {
    if (file == null) {
      return true;
    }
    try {
      write(file, timeline, title, notes);
      said.println("The timeline is " + ControlCharacters.escape(file.toString()) + ".");
      return true;
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("heddle " + spec.name() + ": cannot write the timeline: " + FileErrors.describe(e));
      err.flush();
      return false;
    }
  }

  private static void write(Path file, Timeline timeline, String title, String notes) throws IOException {
    if (Objects.requireNonNull(file.getFileName()).toString().toLowerCase(Locale.ROOT).endsWith(".html")) {
      OutputFiles.write(file, timeline.toHtml(title, notes).getBytes(StandardCharsets.UTF_8));
    } else {
      timeline.save(file, title);
    }
  }
}
