package dev.heddle.process;

/**
 * The parts of the configuration of this program's JVM that workers take over, so that tasks give the same answers as they
 * would on threads. All of it is taken over unless {@link WorkerJvm#withoutCarried} says otherwise.
 *
 * <p>Never taken over: heap sizes and the choice of a collector, agents, debuggers, ports, logs and recordings that are
 * written to files. Properties are taken over as they are when the pool is made; the default locales and time zone as they
 * are when a worker starts.
 */
public enum Carried {
  /**
   * System properties: all but those that describe the JVM, its paths and its user. Trust stores, proxies and the logging
   * configuration are among them.
   */
  PROPERTIES,
  /**
   * The locale and the time zone: as properties, and what {@code Locale.setDefault} (also of a category) and {@code
   * TimeZone.setDefault} have made of them. A {@code TimeZone} whose class is the program's own is not taken over.
   */
  LOCALE,
  /** The default charset, as a property. */
  ENCODING,
  /** The assertions that are enabled: {@code -ea}, {@code -da}, {@code -esa}, {@code -dsa}. */
  ASSERTIONS,
  /** {@code --enable-preview}. */
  PREVIEW,
  /**
   * {@code --add-modules}, {@code --add-exports} and {@code --add-opens} of modules of the JDK; and in a program on the
   * module path {@code --add-reads}, {@code --limit-modules}, {@code --patch-module} and {@code --upgrade-module-path}.
   * Which modules a program on the module path has, workers take over in any case, as they do the class path.
   */
  MODULES,
  /** {@code --enable-native-access} and its like. */
  NATIVE_ACCESS,
  /** The size of threads' stacks: {@code -Xss}. */
  STACK_SIZE
}
