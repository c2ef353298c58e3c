/** One Elasticsearch node in a process of its own, for tests: what talks to OpenSearch has to get on with it as well. */
@NullMarked
package io.llmplatform.embedded.elasticsearch;

import org.jspecify.annotations.NullMarked;
