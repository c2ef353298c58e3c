/**
 * What happens now, as a stream of server-sent events. One consumer reads the tails of the topics for however many viewers, and
 * only while there are any.
 */
@NullMarked
package io.llmplatform.query.live;

import org.jspecify.annotations.NullMarked;
