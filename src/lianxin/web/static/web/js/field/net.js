/* Talking to the platform. Every answer is one of: ok · offline (try again later) · login (sign in again) ·
   denied (no longer a deputy) · refused (with a sentence). Nothing here deletes anything. */
(function (F) {
  "use strict";
  const ROOT = "/deputy/field/";

  async function ask(path, how) {
    let answer;
    try {
      answer = await fetch(ROOT + path, Object.assign({ credentials: "same-origin", redirect: "manual", cache: "no-store" }, how));
    } catch (error) {
      return { state: "offline" };
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "login" };
    if (answer.status >= 500 || answer.status === 429) return { state: "offline" };
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const body = isJson ? await answer.json().catch(() => ({})) : {};
    if (answer.ok && isJson) return { state: "ok", body };
    if (answer.status === 403) return { state: isJson ? "denied" : "login", message: body.message };
    return { state: "refused", status: answer.status, message: body.message || "" };
  }

  /* The token in a kept page may be old: a fresh one before each sending. */
  async function post(path, body) {
    const fresh = await ask("token", {});
    if (fresh.state !== "ok") return fresh;
    const isForm = body instanceof FormData;
    const headers = { "X-CSRFToken": fresh.body.token };
    if (!isForm) headers["Content-Type"] = "application/json";
    return ask(path, { method: "POST", headers, body: isForm ? body : JSON.stringify(body || {}) });
  }

  F.net = { get: (path) => ask(path, {}), post, whose: () => ask("token", {}) };
})(window.lianxinField);
