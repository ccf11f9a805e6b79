package dev.heddle.cluster.pool;

import dev.heddle.codec.EncodedTask;
import dev.heddle.dispatch.Payload;

/**
 * A task as bytes.
 *
 * @param name the task's name, for messages of the member
 */
record ClusterPayload(String name, EncodedTask task) implements Payload {

  @Override
  public void release() {
    task.release();
  }
}
