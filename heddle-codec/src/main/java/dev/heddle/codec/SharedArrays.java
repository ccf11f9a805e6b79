package dev.heddle.codec;

import dev.heddle.codec.shared.MappedArrays;
import java.nio.file.Path;

/**
 * Memory that a parent and its workers share, through which large primitive arrays travel. Thread-safe; its methods block
 * only for the file system.
 */
public interface SharedArrays extends AutoCloseable {

  /**
   * Creates the parent's side.
   *
   * @param folder the pool's own folder, which only this user may enter
   */
  static SharedArrays ofParent(Path folder) {
    return MappedArrays.ofParent(folder);
  }

  /**
   * Creates a worker's side.
   *
   * @param folder the same folder
   * @param worker the worker's number, from 1 on, never used before in this pool
   */
  static SharedArrays ofWorker(Path folder, int worker) {
    return MappedArrays.ofWorker(folder, worker);
  }

  /**
   * Deletes what a dead worker has left. The parent calls this once the worker has ended and its results are decoded.
   *
   * @param worker the worker's number
   */
  void reclaim(int worker);

  /** Deletes this side's segments; memory that is still mapped is freed with its last use. */
  @Override
  void close();
}
