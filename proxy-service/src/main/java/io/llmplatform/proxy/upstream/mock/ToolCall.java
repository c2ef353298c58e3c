package io.llmplatform.proxy.upstream.mock;

/** @param arguments JSON */
record ToolCall(String id, String name, String arguments) {}
