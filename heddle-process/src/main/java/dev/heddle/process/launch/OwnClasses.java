package dev.heddle.process.launch;

import dev.heddle.base.Check;
import dev.heddle.codec.TaskDecoder;
import dev.heddle.dispatch.Dispatcher;
import dev.heddle.futures.Executor;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerStartException;
import dev.heddle.timeline.Timeline;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** Where Heddle's own classes were loaded from. */
public final class OwnClasses {
  private OwnClasses() {}

  /** The jars or folders of the modules a worker needs. */
  public static List<String> locations() {
    return Stream.of(
        ProcessPool.class, TaskDecoder.class, Dispatcher.class, Executor.class, Iter.class, Timeline.class, Check.class)
        .map(OwnClasses::location)
        .toList();
  }

  private static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new WorkerStartException(
          type.getModule() + " does not say where it was loaded from, so no worker can load it; load Heddle from a jar or a"
              + " folder",
          null);
    }
    try {
      URI uri = source.getLocation().toURI();
      return Path.of(uri).toString();
    } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
      throw new WorkerStartException(
          type.getModule() + " was loaded from " + source.getLocation()
              + ", where no worker can load it from; load Heddle from"
              + " a jar or a folder",
          e);
    }
  }
}
