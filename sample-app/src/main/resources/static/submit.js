/**
 * Sends work to the server, which answers at once and names the job. `fetch` cannot tell how far an upload is;
 * `XMLHttpRequest` can.
 *
 * @param {string} url
 * @param {?FormData} body
 * @param {function(number)} onUpload hears of the share that has been sent, from 0 to 1
 * @returns {Promise<string>} URL of the job; rejected with words for the visitor
 */
export function submit(url, body, onUpload) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => onUpload(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 202) {
        resolve(`/progress/jobs/${request.getResponseHeader('X-Job-Id')}`);
      } else {
        reject(new Error(request.response?.detail ?? `The server answered ${request.status}`));
      }
    };
    request.onerror = () => reject(new Error('The server cannot be reached'));
    request.open('POST', url);
    request.responseType = 'json';
    request.send(body);
  });
}
