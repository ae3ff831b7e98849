(recipe "energy"
  :version "2.0"
  (params (tilt 12 :min 0 :max 45))
  (effect rotate :path "effects/rotate.sexp")
  (def video (source :asset "clip" :hash "0000000000000000000000000000000000000000000000000000000000000007"))
  (def music (source :asset "song" :hash "0000000000000000000000000000000000000000000000000000000000000008"))
  (stage :analysis
    (def loud (analyze music :feature energy)))
  (def spun (effect rotate video :angle (bind loud energy :range [0 30] :transform sqrt)))
  (def held (effect rotate spun :angle tilt))
  (mux held music))
