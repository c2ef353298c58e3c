/**
 * Money: what was billed beside what the price books as they stand now make of it, and what another price or a budget would have
 * made of it. Every charge is worked out by {@link io.llmplatform.contracts.policy.Charges}, by which the gateway bills; nothing
 * that was billed is touched.
 */
@NullMarked
package io.llmplatform.query.usage.cost;

import org.jspecify.annotations.NullMarked;
