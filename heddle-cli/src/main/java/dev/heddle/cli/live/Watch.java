package dev.heddle.cli.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a program repeatedly. A flight recording of Heddle's own event is on meanwhile, and nothing else; each look ends a
 * chunk of it, at which the program describes itself, so that a frame is never old.
 *
 * <p>Used by one thread; {@link #close} may be called by another, such as a shutdown hook, and then waits for a second at most.
 */
public final class Watch implements AutoCloseable {
  private static final String PREFIX = "heddle-live-";
  private static final Pattern OTHERS = Pattern.compile("name=(?:\")?" + PREFIX + "(\\d+)");
  private static final String SETTINGS = " settings=none +" + LiveFrameReader.EVENT + "#enabled=true +"
      + LiveFrameReader.EVENT
      + "#period=endChunk";
  private static final String REGISTRY = "dev.heddle.futures.live.LiveObjects";
  private static final Duration AT_END = Duration.ofSeconds(1);
  private static final int FIRST_TRIES = 3;

  private final JavaProcess process;
  private final Attachment attachment;
  private final Duration patience;
  private final String name = PREFIX + ProcessHandle.current().pid();
  private final Path folder;
  private final Path file;
  private boolean answered;
  private boolean closed; // guarded by this

  private Watch(JavaProcess process, Attachment attachment, Duration patience, Path folder) {
    this.process = process;
    this.attachment = attachment;
    this.patience = patience;
    this.folder = folder;
    this.file = folder.resolve("look.jfr");
  }

  /**
   * Attaches to a program.
   *
   * @param patience how long the program may take for each answer
   * @throws TargetException if that is not possible, or the program does not use Heddle
   */
  public static Watch of(JavaProcess process, Duration patience) throws TargetException, IOException, InterruptedException {
    Attachment attachment = Attachment.to(process, patience);
    Watch watch = new Watch(process, attachment, patience, Files.createTempDirectory("heddle-live-"));
    boolean started = false;
    try {
      watch.checkUse();
      watch.start();
      started = true;
      return watch;
    } finally {
      if (!started) {
        watch.close();
      }
    }
  }

  /**
   * Whether a JVM uses Heddle.
   *
   * @throws TargetException if it cannot be asked, or does not answer in time
   */
  public static boolean usesHeddle(JavaProcess process, Duration patience) throws TargetException, InterruptedException {
    try (Attachment attachment = Attachment.to(process, patience)) {
      return isLoaded(attachment, REGISTRY, patience);
    }
  }

  public JavaProcess process() {
    return process;
  }

  private static boolean isLoaded(Attachment attachment, String type, Duration patience)
      throws TargetException, InterruptedException {
    return attachment.command("VM.class_hierarchy " + type, patience).contains(type);
  }

  private void checkUse() throws TargetException, InterruptedException {
    if (!isLoaded(attachment, REGISTRY, patience)) {
      throw new TargetException(isLoaded(attachment, "dev.heddle.futures.Future", patience)
          ? process
              + ": it has opened no executor, pipeline or event loop yet, or uses a version of Heddle that cannot be looked at"
          : process + ": it does not use Heddle, or not yet; 'heddle ps' lists the JVMs that do");
    }
  }

  private void start() throws TargetException, InterruptedException {
    String answer = attachment.command("JFR.start name=" + name + SETTINGS + " disk=true maxage=1s", patience);
    if (!answer.contains("Started recording")) {
      throw new TargetException(
          process + ": its Flight Recorder cannot be started: " + answer.strip().replaceAll("\\s+", " "));
    }
    Matcher other = OTHERS.matcher(attachment.command("JFR.check", patience));
    while (other.find()) { // of a viewer that was killed
      if (ProcessHandle.of(Long.parseLong(other.group(1))).isEmpty()) {
        attachment.command("JFR.stop name=" + PREFIX + other.group(1), patience);
      }
    }
  }

  /**
   * Looks at the program now. The first look may take it longer than it has time for, as it loads classes; then it is repeated.
   *
   * @throws TargetException if it does not answer, or has ended
   */
  public LiveFrame look() throws TargetException, IOException, InterruptedException {
    LiveFrame frame = lookOnce();
    for (int i = 1; i < FIRST_TRIES && !answered && frame.silent() > 0; i++) {
      frame = lookOnce();
    }
    answered = true;
    return frame;
  }

  private LiveFrame lookOnce() throws TargetException, IOException, InterruptedException {
    String answer = attachment.command("JFR.dump name=" + name + " begin=-0s filename=" + file, patience);
    if (!Files.exists(file)) {
      throw new TargetException(process + ": it cannot tell its state: " + answer.strip().replaceAll("\\s+", " ")
          + " (it has to write to " + folder + ")");
    }
    LiveFrame frame = LiveFrameReader.read(file);
    Files.delete(file);
    return frame == null ? new LiveFrame(System.currentTimeMillis() * 1_000_000, List.of(), 0, 0) : frame;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      String _ = attachment.command("JFR.stop name=" + name, AT_END);
    } catch (TargetException e) {
      // it has ended, or does not answer: the next viewer stops the recording
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    attachment.close();
    delete(file);
    delete(folder);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // left to the system
    }
  }
}
