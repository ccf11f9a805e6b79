package dev.heddle.process;

import dev.heddle.futures.TaskCallable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** A task with whose help a mishap happens at a given stage of its way. Its result is a trap as well. */
final class Trap implements TaskCallable<Object> {
  private static final long serialVersionUID = 1;

  /** The stages of a task's way, the first and the last of which are in the parent. */
  enum Stage {
    TASK_ENCODE, TASK_DECODE, RUN, RESULT_ENCODE, RESULT_DECODE
  }

  private final Stage stage;
  private final Mishap mishap;
  private final long parent = ProcessHandle.current().pid();
  private boolean isResult;

  Trap(Stage stage, Mishap mishap) {
    this.stage = stage;
    this.mishap = mishap;
  }

  private void reach(Stage reached) {
    if (reached == stage) {
      mishap.happen();
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    reach(isResult ? Stage.RESULT_ENCODE : Stage.TASK_ENCODE);
    out.defaultWriteObject();
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    reach(isResult ? Stage.RESULT_DECODE : Stage.TASK_DECODE);
  }

  @Override
  public Object call() {
    reach(Stage.RUN);
    if (ProcessHandle.current().pid() == parent) {
      throw new AssertionError("it runs in the parent");
    }
    isResult = true;
    return this;
  }
}
