/**
 * Responses that clients may fetch, delete and build on later: files of one folder, read and written without blocking, and
 * what follows from them for the next request. Knows items and ids of {@code api.responses}, nothing of HTTP.
 */
@NullMarked
package io.llmplatform.proxy.api.stored;

import org.jspecify.annotations.NullMarked;
