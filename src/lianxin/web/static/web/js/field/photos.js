/* Photos: the long side 1280 px, JPEG, drawn anew, so that place and time data never leave the camera. */
(function (F) {
  "use strict";
  const LONGEST = 1280;

  F.smaller = (file) => new Promise((done) => {
    const picture = new Image();
    picture.onload = () => {
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(picture.src);
      canvas.toBlob((blob) => done(blob), "image/jpeg", 0.72);
    };
    picture.onerror = () => { URL.revokeObjectURL(picture.src); done(null); };
    picture.src = URL.createObjectURL(file);
  });

  /* Returns the small photos, at most `most`; what is no picture is left out and said. */
  F.photosOf = async (input, most) => {
    const chosen = input ? Array.from(input.files) : [];
    const small = [];
    for (const file of chosen.slice(0, most)) {
      const blob = await F.smaller(file);
      if (blob) small.push(blob);
    }
    return { small, dropped: chosen.length - small.length };
  };
})(window.lianxinField);
