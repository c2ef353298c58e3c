/** What administrators may set on keys, users, teams and models, and the gateway enforces. Values only; additive: a field unknown to an old event is absent. */
@NullMarked
package io.llmplatform.contracts.policy;

import org.jspecify.annotations.NullMarked;
