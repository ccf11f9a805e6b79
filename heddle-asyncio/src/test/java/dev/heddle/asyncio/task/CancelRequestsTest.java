package dev.heddle.asyncio.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The counting of cancellation requests. */
class CancelRequestsTest {
  private final CancelRequests requests = new CancelRequests();

  @Test
  void deliver_coversAllRequestsMadeSoFar() {
    requests.request("one");
    requests.request("two");
    assertThat(requests.isPending()).isTrue();
    assertThat(requests.deliver("t")).hasMessage("task 't' was cancelled: two");
    assertThat(requests.isPending()).isFalse();
    assertThat(requests.requests()).isEqualTo(2);
  }

  @Test
  void withdraw_undeliveredRequest_isNeverDelivered() {
    requests.request("outer");
    requests.deliver("t");
    long inner = requests.request("inner");
    assertThat(requests.withdraw(inner)).isEqualTo(1);
    assertThat(requests.isPending()).as("the outer request was delivered, and the inner one is gone").isFalse();
  }

  @Test
  void withdraw_deliveredRequest_keepsAnUndeliveredOnePending() {
    long inner = requests.request("inner");
    requests.deliver("t");
    requests.request("outer");
    assertThat(requests.withdraw(inner)).isEqualTo(1);
    assertThat(requests.isPending()).isTrue();
  }

  @Test
  void withdraw_onlyUndeliveredRequest_leavesNothing() {
    long inner = requests.request("inner");
    assertThat(requests.withdraw(inner)).isZero();
    assertThat(requests.isPending()).isFalse();
    requests.request("later");
    assertThat(requests.isPending()).as("a later request is delivered").isTrue();
  }

  @Test
  void withdraw_afterUncancel_changesNothing() {
    long inner = requests.request("inner");
    requests.deliver("t");
    assertThat(requests.withdrawAny()).isZero();
    assertThat(requests.withdraw(inner)).isZero();
    assertThat(requests.isPending()).isFalse();
  }

  @Test
  void again_deliversOnceMore() {
    requests.request("outer");
    requests.deliver("t");
    requests.again();
    assertThat(requests.isPending()).isTrue();
    assertThat(requests.requests()).isEqualTo(1);
  }

  @Test
  void withdrawAny_ofADeliveredRequest_leavesTheNextOnePending() {
    requests.request("caught");
    requests.deliver("t");
    assertThat(requests.withdrawAny()).isZero();
    requests.request("again");
    assertThat(requests.isPending()).isTrue();
  }
}
