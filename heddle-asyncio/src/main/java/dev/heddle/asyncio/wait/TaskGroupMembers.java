package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.task.LinkedNodes;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.TaskObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a group that have not ended, in the order of their creation. A group may have a million of them: each takes one
 * object, which is also the observer of its end. Confined to the loop's thread.
 */
final class TaskGroupMembers {
  private final LinkedNodes<Member> members = new LinkedNodes<>();
  private final Consumer<LoopTask<?>> ended;
  private int size;

  /** No tasks yet; the argument is called with each that ends, once it is no member any more. */
  TaskGroupMembers(Consumer<LoopTask<?>> ended) {
    this.ended = ended;
  }

  void add(LoopTask<?> task) {
    Member member = new Member(this, task);
    members.add(member);
    size++;
    task.whenDone(member);
  }

  private void remove(Member member) {
    members.remove(member);
    size--;
    ended.accept(member.task);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns a copy. */
  List<LoopTask<?>> toList() {
    List<LoopTask<?>> tasks = new ArrayList<>(size);
    members.forEach(member -> tasks.add(member.task));
    return tasks;
  }

  /** Returns them; the group must not change meanwhile. */
  Stream<LoopTask<?>> stream() {
    return Stream.<@Nullable Member>iterate(members.first(), Objects::nonNull, member -> Objects.requireNonNull(member).next)
        .map(member -> Objects.requireNonNull(member).task);
  }

  private static final class Member implements TaskObserver, LinkedNodes.Node<Member> {
    private final TaskGroupMembers all;
    private final LoopTask<?> task;
    private @Nullable Member previous;
    private @Nullable Member next;

    Member(TaskGroupMembers all, LoopTask<?> task) {
      this.all = all;
      this.task = task;
    }

    @Override
    public void done(LoopTask<?> task) {
      all.remove(this);
    }

    @Override
    public @Nullable Member previous() {
      return previous;
    }

    @Override
    public @Nullable Member next() {
      return next;
    }

    @Override
    public void link(@Nullable Member previous, @Nullable Member next) {
      this.previous = previous;
      this.next = next;
    }
  }
}
