package dev.heddle.process.launch;

import dev.heddle.base.Check;
import dev.heddle.base.ClassPlace;
import dev.heddle.codec.TaskDecoder;
import dev.heddle.dispatch.Dispatcher;
import dev.heddle.futures.Executor;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessPool;
import dev.heddle.timeline.Timeline;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The locations at which workers' JVMs find Heddle's own classes: the jars or folders that they were loaded from, or else
 * copies, since a JVM can be given files and folders only. A jar inside of a jar, as in the executable jars of Spring Boot,
 * is copied as it is. Immutable.
 *
 * @param locations the jars or folders, in the order of a class path
 * @param alone whether they hold nothing of the program
 */
public record OwnClasses(List<Path> locations, boolean alone) {
  static final List<Class<?>> ANCHORS = List.of(
      ProcessPool.class, TaskDecoder.class, Dispatcher.class, Executor.class, Iter.class, Timeline.class, Check.class);

  /**
   * Finds them, and copies what must be copied.
   *
   * @param copies makes copies
   */
  static OwnClasses find(OwnCopies copies) {
    List<@Nullable Path> places = new ArrayList<>();
    for (Class<?> each : ANCHORS) {
      places.add(place(each));
    }
    List<Path> files = places.stream().filter(Objects::nonNull).toList();
    boolean mixed = files.size() > new HashSet<>(files).size(); // one jar of several modules will have the program's classes, too
    boolean onClassPath = ANCHORS.getFirst().getClassLoader() == ClassLoader.getSystemClassLoader();
    List<Path> all = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Path place = places.get(i);
      all.add(place == null || (mixed && !onClassPath) ? copies.of(ANCHORS.get(i)) : place);
    }
    return new OwnClasses(all.stream().distinct().toList(), !(mixed && onClassPath));
  }

  /** Returns the jars or folders of the modules that a worker needs, if these are files and folders. */
  public static List<String> places() {
    return ANCHORS.stream().map(OwnClasses::place).filter(Objects::nonNull).map(Path::toString).toList();
  }

  /** Returns the file or folder that a class was loaded from; null if it is none. */
  private static @Nullable Path place(Class<?> type) {
    URL location = ClassPlace.location(type);
    Path place = location == null || !"file".equals(location.getProtocol()) ? null : ClassPlace.file(location);
    return place != null && Files.exists(place) ? place : null;
  }
}
