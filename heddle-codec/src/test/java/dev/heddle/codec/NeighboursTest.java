package dev.heddle.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.ResultRefused;
import io.github.alice.app.AliceTasks;
import io.github.alice.app.model.Below;
import io.github.bob.gadgets.Gadgets;
import io.github.bob.gadgets.Ordinary;
import io.github.bob.gadgets.Sly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That in a jar with the classes of several authors under {@code io.github} those of a task's author are its own, and no others. */
class NeighboursTest {
  private static final List<Object> GADGETS = List.of(new Gadgets.Reads(), new Gadgets.Resolves(), new Gadgets.External(),
      new Gadgets.Collection(), new Gadgets.Constructed("x"), new Gadgets.Hashed("x"), new Gadgets.Failure(),
      Gadgets.Order.INSTANCE);

  private final Ends ends = new Ends();

  @BeforeEach
  void aliceHasSentATask() throws Exception {
    assertThat(ends.run(AliceTasks.one())).isEqualTo(1);
    Gadgets.ran = false;
  }

  private Object back(Ends through, Object value) {
    return Objects.requireNonNull(
        through.parent.values().decode(through.worker.values().encode(new ArrayList<>(List.of(value)))));
  }

  @Test
  void package_ofTheTask_andThoseBelow_areItsOwn() {
    assertThat(AliceTasks.class.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(Gadgets.class.getProtectionDomain().getCodeSource().getLocation());
    assertThat(back(ends, new AliceTasks.Own())).isEqualTo(List.of(List.of()));
    assertThat(back(ends, new Below())).isEqualTo(List.of(List.of()));
  }

  @Test
  void neighbours_areRefusedBeforeTheirCodeRuns() {
    for (Object gadget : GADGETS) {
      assertThatThrownBy(() -> back(ends, gadget)).isInstanceOf(ResultRefused.class)
          .hasMessageContaining("an object of " + gadget.getClass().getName())
          .hasMessageContaining("withAllowedResults(\"" + gadget.getClass().getName() + "\"::equals)");
    }
    assertThat(Gadgets.ran).isFalse();
  }

  @Test
  void neighbours_inSets_areRefusedBeforeTheirCodeRuns() {
    for (Object gadget : List.of(new Gadgets.Hashed("x"), new Gadgets.Failure())) {
      Set<Object> set = new HashSet<>(List.of(gadget));
      Gadgets.ran = false;
      assertThatThrownBy(() -> back(ends, set)).isInstanceOf(ResultRefused.class);
    }
    assertThat(Gadgets.ran).isFalse();
  }

  @Test
  void neighbours_whoseCodeOnlyComputes_areRead() {
    for (Object data : List.of(new Gadgets.Checked("x", List.of("a"), Duration.ofSeconds(1)), Gadgets.Level.HIGH)) {
      assertThat(back(ends, data)).isEqualTo(List.of(data));
    }
    assertThat(back(ends, new Gadgets.Refused(7)).toString()).contains("Gadgets$Refused: refused: 7 (7)");
  }

  @Test
  void ordinaryDataThatChecksItself_isRead() {
    for (Object data : Ordinary.all()) {
      assertThat(back(ends, data)).isEqualTo(List.of(data));
    }
  }

  @Test
  void slyNeighbours_areRefusedBeforeTheirCodeRuns() {
    List<String> accepted = new ArrayList<>();
    for (Object sly : Sly.all()) {
      byte[] sent = ends.worker.values().encode(new ArrayList<>(List.of(sly)));
      Gadgets.ran = false;
      try {
        Objects.requireNonNull(ends.parent.values().decode(sent));
        accepted.add(sly.getClass().getName());
      } catch (ResultRefused e) {
        assertThat(e).hasMessageContaining("an object of " + sly.getClass().getName())
            .hasMessageNotContaining("return a record");
      }
      if (Gadgets.ran) {
        accepted.add(sly.getClass().getName() + " ran");
      }
    }
    assertThat(accepted).isEmpty();
  }

  @Test
  void refusal_namesTheCall_andWhatToDo() {
    assertThatThrownBy(() -> back(ends, new Gadgets.Hashed("x"))).hasMessageEndingWith(
        "a worker's result holds an object of io.github.bob.gadgets.Gadgets$Hashed, which is not accepted from a worker:"
            + " io.github.bob.gadgets.Gadgets.run writes the static field io.github.bob.gadgets.Gadgets.ran, which is not known"
            + " to be harmless; move the class to the package of the tasks, or to one below it, or allow the class by its name in"
            + " the pool's options: withAllowedResults(\"io.github.bob.gadgets.Gadgets$Hashed\"::equals)");
    assertThatThrownBy(() -> back(ends, new Sly.Calls(new Sly.Source())))
        .hasMessageContaining(": its constructor uses a function or comparator that is not known, which");
  }

  @Test
  void neighbours_thatAreAllowedByName_areRead() {
    Ends allowing = new Ends(DecodeLimits.DEFAULT.withAllowed(name -> name.startsWith("io.github.bob.gadgets.")), null);
    for (Object gadget : GADGETS) {
      Gadgets.ran = false;
      assertThat(back(allowing, gadget)).isInstanceOf(List.class);
      boolean called = gadget instanceof Gadgets.Reads || gadget instanceof Gadgets.Resolves
          || gadget instanceof Gadgets.External
          || gadget instanceof Gadgets.Constructed;
      assertThat(Gadgets.ran).isEqualTo(called);
    }
  }
}
