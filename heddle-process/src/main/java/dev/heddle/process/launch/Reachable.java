package dev.heddle.process.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * The class files of Heddle that can be reached from some of its classes, by the class loader that has these: for programs
 * whose packaging does not say which files there are. Stateless.
 */
final class Reachable {
  private static final String CLASS_FILE = ".class";

  private Reachable() {}

  /**
   * Finds class files.
   *
   * @param roots names of classes, with slashes
   * @param prefix what the names of all classes to be found begin with
   */
  static Map<String, byte[]> from(Collection<String> roots, String prefix, ClassLoader loader) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    Deque<String> todo = new ArrayDeque<>(roots);
    while (!todo.isEmpty()) {
      String name = todo.remove();
      if (!found.containsKey(name + CLASS_FILE)) {
        try (InputStream in = loader.getResourceAsStream(name + CLASS_FILE)) {
          if (in != null) { // else it is of a module that is not there
            byte[] bytes = in.readAllBytes();
            found.put(name + CLASS_FILE, bytes);
            for (PoolEntry each : ClassFile.of().parse(bytes).constantPool()) {
              if (each instanceof ClassEntry type && type.asInternalName().startsWith(prefix)) {
                todo.add(type.asInternalName());
              }
            }
          }
        }
      }
    }
    return found;
  }
}
