/** What a distributed engine has to do for a cluster: membership, and calls from member to member. */
@NullMarked
package dev.heddle.cluster.spi;

import org.jspecify.annotations.NullMarked;
