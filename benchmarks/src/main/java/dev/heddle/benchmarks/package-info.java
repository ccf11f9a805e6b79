/** JMH benchmarks beside the peers, and the quick set behind {@code heddle bench}. */
@NullMarked
package dev.heddle.benchmarks;

import org.jspecify.annotations.NullMarked;
