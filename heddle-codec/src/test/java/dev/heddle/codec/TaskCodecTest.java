package dev.heddle.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.TaskRefused;
import dev.heddle.codec.apps.Jobs;
import dev.heddle.codec.apps.Jobs.Account;
import dev.heddle.codec.apps.Jobs.Apply;
import dev.heddle.codec.apps.Jobs.Colour;
import dev.heddle.codec.apps.Jobs.Desk;
import dev.heddle.codec.apps.Jobs.Point;
import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.testkit.Bounded;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Bounded(seconds = 60)
class TaskCodecTest {
  private final Ends ends = new Ends();

  @Test
  void lambda_capturesPrimitives() throws Exception {
    assertThat(ends.run(Jobs.sum(3, 4L))).isEqualTo(7L);
    assertThat(ends.parent.encode(Jobs.sum(1, 2L)).payload()).hasSizeLessThan(32);
  }

  @Test
  void class_isAskedForOnce() throws Exception {
    ends.run(Jobs.sum(1, 1));
    ends.run(Jobs.sum(2, 1));
    ends.run(Jobs.echo("x"));
    assertThat(ends.asked).containsOnlyOnce(Jobs.class.getName());
    assertThat(ends.run(Jobs.loader())).isEqualTo("the parent's classes");
  }

  @Test
  void captured_simpleValues() throws Exception {
    for (Object each : Arrays.asList(null, true, false, (byte) -3, (short) -300, 'x', '\uffff', -70_000, 1L << 40, 1.5f,
        Double.NaN, "",
        "Grüße", "\ud83d\ude00", "half \ud83d", List.of(1, "two"), Map.of("k", 1.0))) {
      assertThat(ends.run(Jobs.echo(each))).isEqualTo(each);
    }
    assertThat((int[]) ends.run(Jobs.echo(new int[]{1, -2}))).containsExactly(1, -2);
    assertThat((boolean[]) ends.run(Jobs.echo(new boolean[]{true, false}))).containsExactly(true, false);
    assertThat((Object[]) ends.run(Jobs.echo(new Object[]{1, "a", null, new long[]{5}, List.of()})))
        .usingRecursiveComparison().isEqualTo(new Object[]{1, "a", null, new long[]{5}, List.of()});
  }

  @Test
  void captured_keepsIdentity() throws Exception {
    int[] array = {1};
    List<Object> list = new ArrayList<>(List.of(array));
    assertThat(ends.run(Jobs.same(array, array))).isEqualTo(true);
    assertThat(ends.run(Jobs.same(list, list))).isEqualTo(true);
    assertThat(ends.run(Jobs.same(array, new int[]{1}))).isEqualTo(false);
    assertThat(ends.run(Jobs.contains(list, array))).isEqualTo(true);
  }

  @Test
  void captured_arrayInItself() throws Exception {
    Object[] self = new Object[1];
    self[0] = self;
    Object[] back = (Object[]) requireNonNull(ends.run(Jobs.echo(self)));
    assertThat(back[0]).isSameAs(back);
  }

  @Test
  void methodReferences() throws Exception {
    assertThat(ends.run(Jobs.reference(" a "))).isEqualTo("a");
    assertThat(ends.run(Jobs.constructor())).isEqualTo(List.of());
  }

  @Test
  void lambda_holdsLambdas() throws Exception {
    assertThat(ends.run(Jobs.nested(10))).isEqualTo(21);
    assertThat(ends.run(Jobs.marked())).isEqualTo("mtrue");
  }

  @Test
  void lambda_holdsThis() throws Exception {
    assertThat(ends.run(new Account().balanceLater())).isEqualTo(6);
    assertThatThrownBy(() -> ends.send(new Desk().drawersLater()))
        .isInstanceOf(TaskRefused.class)
        .hasMessageContaining("captured this (")
        .hasMessageContaining("Desk implement Serializable");
  }

  @Test
  void recordsAndEnums() throws Exception {
    assertThat(ends.run(Jobs.echo(new Point(1, "p")))).isEqualTo(new Point(1, "p"));
    assertThat(ends.run(Jobs.echo(Colour.GREEN))).isSameAs(Colour.GREEN);
    assertThat((Object[]) ends.run(new Apply(Jobs.adder(5), new Object[]{1, 2, 3}))).containsExactly(6, 7, 8);
    assertThat(ends.run(Jobs.varargs("a", 1, new Point(2, "x")))).isEqualTo(3);
  }

  @Test
  void runnable_givesNull() throws Exception {
    assertThat(ends.run(Jobs.nothing())).isNull();
  }

  @Test
  void notSerializable_namesThePath() {
    try (Socket socket = new Socket()) {
      Account account = new Account().add("a").add(List.of(new Jobs.Row(socket)));
      assertThatThrownBy(() -> ends.send(Jobs.echo(account)))
          .isInstanceOf(TaskRefused.class)
          .hasMessageContaining("captured argument 1 (")
          .hasMessageContaining("Account).rows[1][0].connection: java.net.Socket is not serializable");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertThatThrownBy(() -> ends.send(Jobs.capturing(() -> {})))
        .hasMessageContaining("a lambda (Runnable) of " + TaskCodecTest.class.getName())
        .hasMessageContaining("TaskCallable");
    assertThatThrownBy(() -> ends.send(Jobs.echo(new Jobs.Refusing()))).hasMessageContaining("not today");
  }

  @Test
  void ownClass_isAcceptedAsAResult() throws Exception {
    assertThat(ends.run(Jobs.echo(new Account()))).isInstanceOf(Account.class);
  }

  @Test
  void manyCombinations_areNotMixedUp() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat((Object[]) ends.run(new Apply(Jobs.adder(i), new Object[]{1}))).containsExactly(1 + i);
      assertThat((Object[]) ends.run(new Apply(Jobs.negator(), new Object[]{1, new Point(1, "")}))).containsExactly(-1, 0);
    }
  }

  @Test
  void classOfAnotherLoader_isAnotherClassInTheWorker() throws Exception {
    Object task = new Plugin().loadClass(Jobs.class.getName()).getMethod("sum", int.class, long.class).invoke(null, 1, 2L);
    assertThat(ends.run(task)).isEqualTo(3L);
    assertThat(ends.asked).contains("L1!" + Jobs.class.getName()).doesNotContain(Jobs.class.getName());
    assertThat(ends.run(Jobs.sum(1, 1))).isEqualTo(2L);
    assertThat(ends.asked).contains(Jobs.class.getName());
  }

  @Test
  void result_ofAnotherLoader_isOfThatLoader() throws Exception {
    Class<?> jobs = new Plugin().loadClass(Jobs.class.getName());
    Object point = jobs.getMethod("point").invoke(null);
    Object back = requireNonNull(ends.run(jobs.getMethod("echo", Object.class).invoke(null, point)));
    assertThat(back).isEqualTo(point).isNotInstanceOf(Point.class);
    assertThat(back.getClass()).isSameAs(point.getClass());
  }

  @Test
  void classFile_isAResourceInTheWorker() throws Exception {
    byte[] here = ParentSpaces.classFile(Jobs.class.getName(), Jobs.class.getClassLoader());
    assertThat(ends.run(Jobs.classFile())).isEqualTo(here);
  }

  @Test
  void error_whileWriting_isTheTasks() {
    assertThatThrownBy(() -> ends.send(Jobs.echo(new Jobs.Failing())))
        .isInstanceOf(TaskRefused.class)
        .hasMessageContaining("no more ink");
  }

  @Test
  void site_keepsNothingOfItsFirstTask() throws Exception {
    Object big = new Account();
    var reference = new java.lang.ref.WeakReference<>(big);
    ends.run(Jobs.echo(big));
    big = null;
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(reference.get()).isNull();
  }

  /** Has classes of the tasks of its own. */
  private static final class Plugin extends ClassLoader {
    Plugin() {
      super(Jobs.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Jobs.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try {
        byte[] bytes = requireNonNull(ParentSpaces.classFile(name, getParent()));
        return defineClass(name, bytes, 0, bytes.length);
      } catch (java.io.IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
