package io.llmplatform.projections.search;

import tools.jackson.databind.node.ObjectNode;

/**
 * @param version external: a document of a lower or equal version never replaces one
 */
public record SearchDocument(String id, long version, ObjectNode body) {}
